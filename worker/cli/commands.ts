import type { Command, CommandGroup } from './command.ts';
import { AUDIT_COMMANDS } from './audit.commands.ts';
import { INIT_COMMANDS } from './init.commands.ts';
import { INVITE_COMMANDS } from './invite.commands.ts';
import { KEYS_COMMANDS } from './keys.commands.ts';
import { MEMBER_CHANGE_COMMANDS } from './member-change.commands.ts';
import { MEMBER_COMMANDS } from './member.commands.ts';
import { ORG_COMMANDS } from './org.commands.ts';
import { PASS_COMMANDS } from './pass.commands.ts';
import { POLICY_COMMANDS } from './policy.commands.ts';
import { RESET_COMMANDS } from './reset.commands.ts';
import { SITE_COMMANDS } from './site.commands.ts';

/** Everything that can be typed, as help shows it. */
export const GROUPS: readonly CommandGroup[] = [
  { title: 'A new service, or what is missing of one', commands: INIT_COMMANDS },
  { title: 'On this machine alone, without the service', commands: KEYS_COMMANDS },
  { title: 'Organisations', commands: ORG_COMMANDS },
  { title: 'Members', commands: [...MEMBER_COMMANDS, ...MEMBER_CHANGE_COMMANDS] },
  { title: 'Invitations', commands: INVITE_COMMANDS },
  { title: 'Sites', commands: SITE_COMMANDS },
  { title: 'What is demanded', commands: POLICY_COMMANDS },
  { title: 'Resets of factors', commands: RESET_COMMANDS },
  { title: 'Access passes for members who are locked out', commands: PASS_COMMANDS },
  { title: 'Audit', commands: AUDIT_COMMANDS },
];

export const ALL_COMMANDS: readonly Command[] = GROUPS.flatMap(({ commands }) => commands);
