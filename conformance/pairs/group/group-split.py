"""An exception group is taken apart by type, level by level; what is left keeps its shape."""

from harness import log


async def main():
    group = ExceptionGroup('outer', [
        ValueError(), TypeError(),
        ExceptionGroup('inner', [ValueError(), RuntimeError()]),
        ExceptionGroup('only', [TypeError()]),
    ])
    for kinds in (ValueError, TypeError, (TypeError, RuntimeError), OSError):
        matched, rest = group.split(kinds)
        log(matched, rest)
    log(group.subgroup(lambda error: isinstance(error, RuntimeError)))
    log(group.subgroup(lambda error: isinstance(error, ExceptionGroup)) is group)
    log(group.derive([ValueError()]))
    for errors in ([], None):
        try:
            ExceptionGroup('refused', errors)
        except (ValueError, TypeError) as error:
            log(error)
