/** A person who has registered with the app, as the SDKs' `registerUser` takes it. */
export interface Registration {
  /** The app's own id of the person. */
  userId: string
  /** Compared trimmed and in lower case. */
  email: string
  /** What the person is called: 1 to 256 characters. */
  name?: string | undefined
  /** The plan that the person is on, by the app's own name for it. */
  subscriptionTier?: string | undefined
  /** Whatever else is known of the person; must be writable as JSON. */
  traits?: object | undefined
}
