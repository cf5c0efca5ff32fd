"""Which variables a context has, and what `get` gives for one without a value."""

import contextvars

from harness import log

with_default = contextvars.ContextVar('with default', default='default')
without = contextvars.ContextVar('without')


async def main():
    log(with_default.get(), with_default.get('fallback'), without.get('fallback'))
    try:
        without.get()
    except LookupError as error:
        log('no value', error)
    before = contextvars.copy_context()
    without.set(None)
    with_default.set('set')
    after = contextvars.copy_context()
    log(with_default.get('fallback'), without.get('fallback'))
    log(with_default in before, without in before, with_default in after, without in after)
    log(before.get(with_default), after.get(with_default), after.get(without))
