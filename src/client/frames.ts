/** Makes the frame of each mail as high as the letter in it, so that there is one thing to scroll. */
export function fitFrames(): void {
  for (const frame of document.querySelectorAll<HTMLIFrameElement>('.mail iframe')) {
    frame.addEventListener('load', () => setHeight(frame))
    // Shown as for a phone or a laptop, or turned with the device, it is as high as its new width asks for.
    new ResizeObserver(() => setHeight(frame)).observe(frame)
  }
}

function setHeight(frame: HTMLIFrameElement): void {
  // While it loads it has none.
  const body = frame.contentDocument?.querySelector('body')
  if (!body || frame.clientWidth === 0) return
  const border = frame.offsetHeight - frame.clientHeight
  const bar = body.scrollWidth > frame.clientWidth ? 16 : 0
  frame.style.height = `${Math.ceil(body.getBoundingClientRect().height) + border + bar}px`
}
