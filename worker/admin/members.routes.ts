import { Hono } from 'hono';
import type { Service } from '../http/service.ts';
import type { AdminEnv } from './acting.ts';

export function membersRoutes(_service: Service): Hono<AdminEnv> {
  return new Hono<AdminEnv>();
}
