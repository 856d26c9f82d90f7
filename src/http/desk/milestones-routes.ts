/** The part of the table of routes that is the page of milestones. */
import * as v from 'valibot'
import type { Route } from '../routes.ts'
import { did, form } from './form.ts'

export const milestonePageRoutes = {
  showMilestonesHere: {
    method: 'GET',
    path: '/desk/milestones',
    who: 'desk',
    summary: 'All milestones with their revisions, each to be changed',
    query: v.strictObject({ did }),
    answers: { 200: 'page' },
  },
  addMilestoneHere: {
    method: 'POST',
    path: '/desk/milestones',
    who: 'desk',
    summary: 'Adds a milestone, once however often it is sent',
    body: form,
    takes: ['form'],
    answers: { 303: 'none' },
  },
  changeMilestone: {
    method: 'POST',
    path: '/desk/milestones/{id}',
    who: 'desk',
    summary: 'Changes a milestone, or its state alone; another day is a revision',
    body: form,
    takes: ['form'],
    answers: { 303: 'none' },
  },
  removeMilestone: {
    method: 'POST',
    path: '/desk/milestones/{id}/deleted',
    who: 'desk',
    summary: 'Deletes a milestone; what a letter has told of stays as dropped',
    answers: { 303: 'none' },
  },
} as const satisfies Record<string, Route>
