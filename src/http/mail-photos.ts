/** The photos of a mail: attached ones, and those that its own words show; none of what they quote or are signed with. */
import type { Attachment, Email } from 'postal-mime'
import { givenPhoto } from './body.ts'
import type { GivenPhoto } from './call.ts'

export async function photosIn({ attachments, html = '' }: Email): Promise<readonly GivenPhoto[]> {
  const photos = attachments.filter(isPhoto)
  const placed = photos.some(({ related }) => related) ? await shownIn(html) : new Set<string>()
  const own = photos.filter(({ related, contentId }) => !related || placed.has(nameOf(contentId ?? '')))
  return Promise.all(own.map(({ content }) => givenPhoto(new Blob([content]))))
}

/** As mail programs say it; what it is its bytes tell. */
function isPhoto({ mimeType, filename }: Attachment): boolean {
  return /^image\//iu.test(mimeType) || /\.(?:jpe?g|png|webp|gif|hei[cf])$/iu.test(filename ?? '')
}

/** As Gmail, Outlook, Apple Mail and Thunderbird mark what is not one's own. */
const notOwn = [
  ...['blockquote', '.gmail_quote', '.gmail_signature', '#Signature', '#ms-outlook-mobile-signature'],
  ...['.moz-cite-prefix', '.moz-signature'],
]

/** The names of pictures that stand among a mail's own words. */
async function shownIn(html: string): Promise<ReadonlySet<string>> {
  const all = new Set<string>()
  const others = new Set<string>()
  const into = (names: Set<string>) => ({
    element: (image: Element) =>
      void names.add(nameOf(image.getAttribute('src')?.replace(/^cid:/iu, '') ?? '')),
  })
  const read = new HTMLRewriter()
    .on('img[src]', into(all))
    .on(notOwn.map((place) => `${place} img[src]`).join(', '), into(others))
    .transform(new Response(html))
  await read.text()
  return all.difference(others)
}

function nameOf(contentId: string): string {
  return contentId.replace(/^<|>$/gu, '')
}
