/** Papers by their links (PURE): one paper has one link, however it was copied. */

export type Paper = {
  /** `https://arxiv.org/abs/…`, `https://doi.org/…`, else the address without what follows the reader about. */
  readonly link: string
  /** Without its version: "1906.00091", "hep-th/9901001". */
  readonly arxiv: string | null
  /** In lower case, in which DOIs are compared (https://www.doi.org/doi-handbook, 3.4). */
  readonly doi: string | null
}

const arxivId =
  /^(?:abs|pdf|html|format|ps)\/(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?(?:\.pdf)?\/?$/iu
const doiPath = /^(?:doi\/(?:(?:abs|pdf|epdf|full|book)\/)?)?(10\.\d{4,9}\/[^\s?#]+)$/iu
const arxivDoi = /^10\.48550\/arxiv\.(.+)$/u
const tracking = /^(?:utm_\w+|fbclid|gclid|mc_[ce]id|ref|ref_src|source|si|igsh)$/iu

/** The paper that a link leads to; null where it is no address on the web. */
export function paperOf(link: string): Paper | null {
  const url = parse(link.trim().replace(/[.,;:!?'")\]}>]+$/u, ''))
  if (url === null) return null
  const path = decoded(url.pathname).slice(1)
  const host = url.hostname.replace(/^(?:www|dx|export)\./u, '')
  const arxiv = host === 'arxiv.org' ? arxivId.exec(path)?.[1] : undefined
  if (arxiv !== undefined) return ofArxiv(arxiv)
  const doi = isOfDois(host, path) ? doiPath.exec(path)?.[1]?.toLowerCase() : undefined
  if (doi === undefined) return { link: withoutTracking(url), arxiv: null, doi: null }
  const preprint = arxivDoi.exec(doi)?.[1]
  return preprint === undefined
    ? { link: `https://doi.org/${encodeURI(doi)}`, arxiv: null, doi }
    : ofArxiv(preprint)
}

/** `text` with the addresses of arXiv and of DOIs as they are quoted; all other words stay. */
export function withPaperLinks(text: string): string {
  return text.replace(/https?:\/\/[^\s<>)\]]*[^\s<>)\].,;:!?'"]/giu, (link) => {
    const paper = paperOf(link)
    return paper?.arxiv || paper?.doi ? paper.link : link
  })
}

/** When arXiv got it, by its id (https://info.arxiv.org/help/arxiv_identifier.html). */
export function arxivMonth(id: string): { readonly year: number; readonly month: number } | null {
  const [, yy, mm] = /(?:^|\/)(\d\d)(0[1-9]|1[0-2])/u.exec(id) ?? []
  if (yy === undefined || mm === undefined) return null
  return { year: Number(yy) + (Number(yy) > 90 ? 1900 : 2000), month: Number(mm) }
}

function ofArxiv(id: string): Paper {
  return { link: `https://arxiv.org/abs/${id}`, arxiv: id, doi: null }
}

function isOfDois(host: string, path: string): boolean {
  return host === 'doi.org' || path.startsWith('doi/')
}

function parse(link: string): URL | null {
  const whole = /^(?:(?:www|dx|export)\.)?(?:arxiv|doi)\.org\//iu.test(link) ? `https://${link}` : link
  const url = /^https?:\/\//iu.test(whole) ? URL.parse(whole) : null
  return url === null || url.username !== '' ? null : url
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function withoutTracking(url: URL): string {
  for (const name of [...url.searchParams.keys()]) if (tracking.test(name)) url.searchParams.delete(name)
  return url.href
}
