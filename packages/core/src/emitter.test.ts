import { afterEach, describe, expect, it, vi } from 'vitest'
import { microtasks } from '../test/fake-clock'
import { createEmitter } from './emitter'
import { ArunikaError } from './errors/arunika-error'

interface Events {
  delivered: string
  error: ArunikaError
}

afterEach(() => vi.restoreAllMocks())

/** An async listener, which types let pass for one that gives nothing. */
const rejects = (): unknown => Promise.reject(new Error('rejected'))

describe('an emitter', () => {
  it('calls every listener of the name, and no other', () => {
    const { on, emit } = createEmitter<Events>()
    const heard: unknown[] = []
    on('delivered', (value) => heard.push(['first', value]))
    on('delivered', (value) => heard.push(['second', value]))
    on('error', () => heard.push('error'))
    emit('delivered', 'a')
    expect(heard).toEqual([
      ['first', 'a'],
      ['second', 'a'],
    ])
  })

  it('without listeners does nothing', () => {
    const { emit } = createEmitter<Events>()
    expect(() => emit('delivered', 'a')).not.toThrow()
  })

  it('removes by each unsubscribe that very subscription, once', () => {
    const { on, emit } = createEmitter<Events>()
    const listener = vi.fn()
    const stopFirst = on('delivered', listener)
    on('delivered', listener)
    emit('delivered', 'a')
    expect(listener).toHaveBeenCalledTimes(2)
    stopFirst()
    stopFirst()
    emit('delivered', 'b')
    expect(listener).toHaveBeenCalledTimes(3)
  })

  it('does not call a listener that another has removed meanwhile', () => {
    const { on, emit } = createEmitter<Events>()
    const removed = vi.fn()
    on('delivered', () => stop())
    const stop = on('delivered', removed)
    emit('delivered', 'a')
    expect(removed).not.toHaveBeenCalled()
  })

  it('comes to an end where a listener subscribes anew each time that it is told', () => {
    const { on, emit } = createEmitter<Events>()
    let calls = 0
    let stop = on('delivered', again)
    function again() {
      if (++calls > 10) throw new Error('no end')
      stop()
      stop = on('delivered', again)
    }
    emit('delivered', 'a')
    expect(calls).toBe(1)
    emit('delivered', 'b')
    expect(calls).toBe(2)
  })

  it('tells of a listener that throws, or rejects, by error, and calls the rest', async () => {
    const { on, emit } = createEmitter<Events>()
    const errors: ArunikaError[] = []
    const heard: string[] = []
    on('error', (error) => errors.push(error))
    on('delivered', () => {
      throw new Error('thrown')
    })
    on('delivered', rejects)
    on('delivered', (value) => heard.push(value))
    emit('delivered', 'a')
    await microtasks()
    expect(heard).toEqual(['a'])
    expect(errors).toMatchObject([
      { code: 'listener_failed', cause: { message: 'thrown' } },
      { code: 'listener_failed', cause: { message: 'rejected' } },
    ])
  })

  it('leaves what a listener of error throws to the console, without going in circles', () => {
    const toConsole = vi.spyOn(console, 'error').mockReturnValue()
    const { on, emit } = createEmitter<Events>()
    on('error', () => {
      throw new Error('again')
    })
    emit('error', new ArunikaError('any', 'any'))
    expect(toConsole).toHaveBeenCalledOnce()
  })

  it('takes no name from a prototype', () => {
    const { on, emit } = createEmitter<Events>()
    const listener = vi.fn()
    on('constructor' as 'delivered', listener)
    emit('constructor' as 'delivered', 'a')
    expect(listener).toHaveBeenCalledOnce()
  })
})
