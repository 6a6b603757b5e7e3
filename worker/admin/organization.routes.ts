// The administration of one organisation (shapes and paths: interaction/admin-wire.ts). Mounted twice: for browsers with a
// session, and for operators with a token.
import { Hono } from 'hono';
import type { Service } from '../http/service.ts';
import type { AdminEnv } from './acting.ts';
import { auditRoutes } from './audit.routes.ts';
import { invitesRoutes } from './invites.routes.ts';
import { membersRoutes, organizationList } from './members.routes.ts';
import { overviewRoutes } from './overview.routes.ts';
import { passesRoutes } from './passes.routes.ts';
import { policyRoutes } from './policy.routes.ts';
import { resetsRoutes } from './resets.routes.ts';
import { sitesRoutes } from './sites.routes.ts';

/** Serves the list of organisations, and what is below `/{organization}`. */
export function organizationRoutes(service: Service): Hono<AdminEnv> {
  return new Hono<AdminEnv>()
    .get('/', organizationList(service))
    .route('/:organization', membersRoutes(service))
    .route('/:organization', invitesRoutes(service))
    .route('/:organization', sitesRoutes(service))
    .route('/:organization', resetsRoutes(service))
    .route('/:organization', passesRoutes(service))
    .route('/:organization', auditRoutes(service))
    .route('/:organization', policyRoutes(service))
    .route('/:organization', overviewRoutes(service));
}
