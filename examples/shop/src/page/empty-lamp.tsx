/** A lamp that is not lit. */
export function EmptyLamp() {
  return (
    <svg className="empty__lamp" viewBox="0 0 120 110" aria-hidden="true">
      <path d="M60 0v26" stroke="currentColor" strokeWidth="2.5" />
      <path
        d="M26 70c0-26 16-40 30-44h8c14 4 30 18 30 44z"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.5"
        strokeLinejoin="round"
      />
      <path d="M14 104h92" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" />
      <path d="M52 76a8 8 0 0 0 16 0" fill="none" stroke="currentColor" strokeWidth="2.5" />
    </svg>
  )
}
