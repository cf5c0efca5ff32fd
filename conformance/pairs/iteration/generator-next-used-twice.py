"""What next gave is good for one await, like any coroutine; so is what aclose gave."""

from harness import log


async def count():
    yield 1
    yield 2


async def main():
    agen = count()
    asking = anext(agen)
    log(await asking)
    try:
        await asking
    except RuntimeError as error:
        log(error)
    closing = agen.aclose()
    await closing
    try:
        await closing
    except RuntimeError as error:
        log(error)
    await agen.aclose()
    log(await anext(agen, 'over'))
