"""A token brings the value before its `set` back, once, for its own variable, in its own context."""

import contextvars

from harness import log

name = contextvars.ContextVar('name', default='default')
other = contextvars.ContextVar('other')


async def main():
    first = name.set('first')
    second = name.set('second')
    name.reset(second)
    log(name.get())
    name.reset(first)
    log(name.get())
    unset = other.set('set')
    other.reset(unset)
    log(other.get('unset again'))

    foreign = other.set('again')
    stranger = contextvars.copy_context().run(name.set, 'elsewhere')
    fresh = name.set('fresh')
    tokens = {'used': first, 'of other variable': foreign, 'of other context': stranger}
    for which, token in tokens.items():
        try:
            name.reset(token)
        except Exception as error:
            log(which, error)
    log(name.get())
    name.reset(fresh)
    log(name.get())
