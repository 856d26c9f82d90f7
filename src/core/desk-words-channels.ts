/** The table of fixed words of the pages from where one posts (PURE): laptop, scripts, phone. */

export const apiWords = {
  api: 'From a laptop or a script',
  token:
    'Each line below works as it stands, once the token of this machine is in your shell: export WEEKNOTES_TOKEN=wn_…',
  toAuthors: 'Make a token for it',
  commandLine: 'The command line',
  commandLineWhy:
    'It needs sh and curl. What is not taken is kept in a file, and sent again under the same key. The second line asks for the token, and keeps it.',
  browser: 'In the browser',
  browserWhy:
    'Drag this to your bookmarks. On any page it opens the page for writing with what you selected and the link; it posts nothing.',
  bookmark: 'Note this page',
  bookmarkCode: 'As the address of a bookmark that you make by hand',
  curl: 'With curl',
  python: 'At the end of a training run',
  pythonWhy: 'Python’s own library is enough. All tries have one key, so that the result stands there once.',
  openApi: 'Every route, as an OpenAPI document',
} as const

type Lines = readonly (readonly [what: string, lines: string])[]

/** Lines for a shell at this address, the token in a variable. */
export function curlLines(address: string): Lines {
  const post = `curl -sS ${address}/api/updates -H "Authorization: Bearer $WEEKNOTES_TOKEN"`
  const asText = `${post} -H 'Accept: text/plain'`
  return [
    ['Text; the answer is one line', `${asText} -H 'Content-Type: text/plain' -d '#ask Which day suits?'`],
    ['A form', `${asText} -d kind=done --data-urlencode 'text=The loader keeps up'`],
    ['A form with a photo', `${asText} -F 'text=#surprise The loss goes NaN' -F photo=@photo.jpg`],
    [
      'JSON; the answer, too',
      `${post} -H 'Content-Type: application/json' -d '{"text": "Both runs are through", "kind": "done", "fields": {"run": 7}}'`,
    ],
    [
      'On a bad line: tried again, noted once',
      `${asText} -H "Idempotency-Key: $(od -An -N16 -tx1 /dev/urandom | tr -d ' ')" --retry 5 --retry-all-errors -d 'text=Done: the plots'`,
    ],
    ['Your updates, the newest first', post],
  ]
}

export function installLines(address: string): string {
  return `mkdir -p ~/.local/bin && curl -fsS ${address}/weeknotes.sh -o ~/.local/bin/weeknotes && chmod +x ~/.local/bin/weeknotes
~/.local/bin/weeknotes -c ${address}
~/.local/bin/weeknotes 'Done: set up the command line'`
}

/** What a bookmark runs on any page: a long selection would not fit into an address. */
export function bookmarklet(address: string): string {
  return `javascript:void(u=>open(u)||(location=u))('${address}/write?'+new URLSearchParams({text:(getSelection()+'').slice(0,1500),title:document.title.slice(0,300),url:location.href}))`
}

export function pythonExample(address: string): string {
  return `import os, time, urllib.request, uuid
def note(text, url="${address}/api/updates"):
    headers = {"Authorization": "Bearer " + os.environ["WEEKNOTES_TOKEN"], "Accept": "text/plain",
               "Content-Type": "text/plain", "Idempotency-Key": str(uuid.uuid4())}
    request = urllib.request.Request(url, text.encode(), headers)
    for wait in (1, 5, 25, 125, 0):
        try: return urllib.request.urlopen(request, timeout=30).read().decode()
        except Exception as error: code, why = getattr(error, "code", 500), error
        if wait == 0 or 400 <= code < 429: return f"not noted ({why}): {text}"
        time.sleep(wait)

print(note("#result auc=0.7889 baseline .7812 runs=3 on=kaggle"))`
}
