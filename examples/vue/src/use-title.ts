import { toValue, watchEffect, type MaybeRefOrGetter } from 'vue'

/** Gives the page its title, which page views carry too. */
export function useTitle(title: MaybeRefOrGetter<string>): void {
  watchEffect(() => {
    document.title = `${toValue(title)} · Early Pages`
  })
}
