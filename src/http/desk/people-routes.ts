/** The part of the table of routes that is the pages of people. */
import * as v from 'valibot'
import type { Route } from '../routes.ts'
import { cursor } from '../schemas.ts'
import { did, form } from './form.ts'

const asked = v.strictObject({ did })

export const peopleRoutes = {
  showPeople: {
    method: 'GET',
    path: '/desk/people',
    who: 'desk',
    summary: 'Who gets the letters, 100 a page, each with how the last ones went',
    query: v.strictObject({ did, after: cursor }),
    answers: { 200: 'page' },
  },
  addPeople: {
    method: 'POST',
    path: '/desk/people',
    who: 'desk',
    summary: 'Adds the people who were pasted; what names nobody comes back in the field',
    body: form,
    takes: ['form'],
    answers: { 200: 'page', 303: 'none' },
  },
  showPerson: {
    method: 'GET',
    path: '/desk/people/{id}',
    who: 'desk',
    hasScript: true,
    summary: 'One recipient, and what can be done',
    query: asked,
    answers: { 200: 'page', 303: 'none' },
  },
  changePerson: {
    method: 'POST',
    path: '/desk/people/{id}',
    who: 'desk',
    summary: 'Changes name and handle, circle, or state',
    body: form,
    takes: ['form'],
    answers: { 303: 'none' },
  },
  removePerson: {
    method: 'POST',
    path: '/desk/people/{id}/removed',
    who: 'desk',
    summary: 'Removes a recipient',
    answers: { 303: 'none' },
  },
  makeWayIn: {
    method: 'POST',
    path: '/desk/people/{id}/way-in',
    who: 'desk',
    hasScript: true,
    summary: 'Makes a way into the archive for a recipient, shown this once',
    answers: { 200: 'page', 303: 'none' },
  },
  sendLetter: {
    method: 'POST',
    path: '/desk/people/{id}/letter',
    who: 'desk',
    summary: 'Sends the last letter to a newcomer',
    body: form,
    takes: ['form'],
    answers: { 303: 'none' },
  },
  showAuthors: {
    method: 'GET',
    path: '/desk/authors',
    who: 'desk',
    summary: 'Who writes, and with which tokens',
    query: asked,
    answers: { 200: 'page' },
  },
  addAuthorHere: {
    method: 'POST',
    path: '/desk/authors',
    who: 'desk',
    summary: 'Adds an author, once however often it is sent',
    body: form,
    takes: ['form'],
    answers: { 303: 'none' },
  },
  makeToken: {
    method: 'POST',
    path: '/desk/authors/{id}/tokens',
    who: 'desk',
    hasScript: true,
    summary: 'Makes a token for a device, shown this once',
    body: form,
    takes: ['form'],
    answers: { 200: 'page', 303: 'none' },
  },
  saveMailbox: {
    method: 'POST',
    path: '/desk/authors/{id}/mailbox',
    who: 'desk',
    summary: 'Says who may post by mail as an author; nobody ends the address',
    body: form,
    takes: ['form'],
    answers: { 200: 'page', 303: 'none' },
  },
  endToken: {
    method: 'POST',
    path: '/desk/tokens/{id}/ended',
    who: 'desk',
    summary: 'Ends a token, and the sessions begun with it',
    answers: { 303: 'none' },
  },
} as const satisfies Record<string, Route>
