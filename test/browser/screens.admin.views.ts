// An organisation with some of everything, as the service tells it to the administration.

export * from './screens.admin.people.ts';
export * from './screens.admin.reports.ts';
