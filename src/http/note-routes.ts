/** The part of the table of routes that is what an author notes: updates, what came of them, milestones, reports. */

import * as v from 'valibot'
import * as r from './report-schemas.ts'
import type { Route } from './routes.ts'
import * as s from './schemas.ts'
import * as settled from './settled-schemas.ts'

const updates = v.object({ updates: v.array(s.update), nextCursor: v.nullable(v.string()) })

export const noteRoutes = {
  postUpdate: {
    method: 'POST',
    path: '/api/updates',
    who: 'author',
    summary: 'Post updates, or settle something. Accept: text/plain gives the answer line.',
    headers: s.postHeaders,
    body: s.newUpdate,
    takes: ['json', 'form', 'multipart', 'text'],
    answers: { 200: [s.posted, 'text'], 201: [s.posted, 'text'] },
  },
  listUpdates: {
    method: 'GET',
    path: '/api/updates',
    who: 'author',
    summary: 'Updates, newest first by `at`, 50 a page',
    query: s.updateQuery,
    answers: { 200: updates },
  },
  getUpdate: {
    method: 'GET',
    path: '/api/updates/{id}',
    who: 'author',
    summary: 'One update, with its corrections',
    answers: { 200: s.update },
  },
  editUpdate: {
    method: 'PATCH',
    path: '/api/updates/{id}',
    who: 'author',
    summary: 'Change an open update; of a frozen one, `text` adds a correction',
    body: s.updateEdit,
    answers: { 200: s.update, 409: 'problem' },
  },
  deleteUpdate: {
    method: 'DELETE',
    path: '/api/updates/{id}',
    who: 'author',
    summary: 'Delete an open update',
    answers: { 204: 'none', 409: 'problem' },
  },
  sayOutcome: {
    method: 'PUT',
    path: '/api/updates/{id}/outcome',
    who: 'author',
    summary: 'What came of a plan; replaces what is not frozen',
    body: settled.newOutcome,
    answers: { 200: s.update, 409: 'problem' },
  },
  takeOutcomeBack: {
    method: 'DELETE',
    path: '/api/updates/{id}/outcome',
    who: 'author',
    summary: 'Take back what was said of a plan and stands in no letter',
    answers: { 204: 'none', 409: 'problem', 422: 'problem' },
  },
  sayAnswer: {
    method: 'PUT',
    path: '/api/updates/{id}/answer',
    who: 'author',
    summary: 'Answer an ask, need or blocker, drop it, or confirm that it is open',
    body: settled.newAnswer,
    answers: { 200: s.update, 409: 'problem' },
  },
  takeAnswerBack: {
    method: 'DELETE',
    path: '/api/updates/{id}/answer',
    who: 'author',
    summary: 'Take back an answer that stands in no letter',
    answers: { 204: 'none', 409: 'problem', 422: 'problem' },
  },
  withdrawUpdate: {
    method: 'PUT',
    path: '/api/updates/{id}/withdrawal',
    who: 'owner',
    summary:
      'Take the words of a frozen update out of every page, report, export and letter that has not been tried; final',
    body: settled.newWithdrawal,
    answers: { 200: s.update, 409: 'problem' },
  },
  getPhoto: {
    method: 'GET',
    path: '/api/files/{name}',
    who: 'author',
    isFile: true,
    summary: 'A photo of an update; pages show it at /files/{name}',
    answers: { 200: 'file' },
  },
  listMilestones: {
    method: 'GET',
    path: '/api/milestones',
    who: 'owner',
    summary: 'All milestones with their revisions, by date',
    answers: { 200: v.object({ milestones: v.array(settled.milestone) }) },
  },
  addMilestone: {
    method: 'POST',
    path: '/api/milestones',
    who: 'owner',
    summary: 'Add a milestone',
    body: settled.newMilestone,
    answers: { 201: settled.milestone, 409: 'problem' },
  },
  editMilestone: {
    method: 'PATCH',
    path: '/api/milestones/{id}',
    who: 'owner',
    summary: 'Change a milestone; another date is a revision, with its reason',
    body: settled.milestoneEdit,
    answers: { 200: settled.milestone, 409: 'problem' },
  },
  deleteMilestone: {
    method: 'DELETE',
    path: '/api/milestones/{id}',
    who: 'owner',
    summary: 'Delete a milestone',
    answers: { 204: 'none' },
  },
  listReports: {
    method: 'GET',
    path: '/api/reports',
    who: 'owner',
    summary: 'Milestone reports, the latest first, 50 a page',
    query: r.reportQuery,
    answers: { 200: r.reports },
  },
  addReport: {
    method: 'POST',
    path: '/api/reports',
    who: 'owner',
    summary: 'Begin a milestone report: since the last meeting, else since the last report, until now',
    body: r.newReport,
    answers: { 201: r.report },
  },
  getReport: {
    method: 'GET',
    path: '/api/reports/{id}',
    who: 'owner',
    summary: 'One report, compiled anew; as Markdown with Accept: text/markdown',
    answers: { 200: [r.report, 'markdown'] },
  },
  replaceReport: {
    method: 'PUT',
    path: '/api/reports/{id}',
    who: 'owner',
    summary: 'The owner’s paragraphs by heading and ticks by point; may move the span',
    body: r.reportEdit,
    answers: { 200: r.report },
  },
} as const satisfies Record<string, Route>
