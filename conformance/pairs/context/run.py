"""`Context.run` works on that context alone, gives the result back and cannot be entered twice."""

import contextvars

from harness import log

name = contextvars.ContextVar('name', default='default')


async def main():
    name.set('main')
    context = contextvars.copy_context()
    empty = contextvars.Context()

    def inside(value):
        log('before', name.get())
        name.set(value)
        log('after', name.get())
        return value * 2

    log(context.run(inside, 'one'))
    log(empty.run(inside, 'two'))
    log('main', name.get(), context.get(name), empty.get(name))

    def again():
        try:
            context.run(inside, 'three')
        except RuntimeError as error:
            log('entered twice', error)
        return context.copy().run(name.get)

    log(context.run(again))

    def failing():
        name.set('failed')
        raise ValueError('inside')

    try:
        context.run(failing)
    except ValueError as error:
        log(error, context.get(name), name.get())
