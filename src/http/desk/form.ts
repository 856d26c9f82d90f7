/** What pages of the desk take: a posted form as it is, and by an address what was done before. */
import * as v from 'valibot'
import { deskDids } from '../../core/desk-words.ts'

/** What a page may be asked for beside its path: what was done before it. */
export const did = v.optional(v.picklist(deskDids))

/** Whatever was typed: the schema of the API judges it, so that the page can show it again beside what is wrong. */
export const form = v.record(v.string(), v.unknown())
