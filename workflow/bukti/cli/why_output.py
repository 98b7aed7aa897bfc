"""`bukti why OUTPUT`: the step that makes a file, and what of it is stale and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bukti.base.span import Span
from bukti.cli.session import Session
from bukti.cli.why_tree import Branch, staleness
from bukti.plan import Plan, Step


def explained_output(session: Session, steps: Plan, step: Step, name: str) -> Branch:
    """An output, its step, the files that go in and, as far as they are stale, their own steps."""
    sight = _Sight(session=session, steps=steps)
    maker = Branch(kind="why-made-by", text=step.id, children=tuple(sight.below(step)))
    return Branch(kind="why-place", text=name, span=Span(path=name), children=(maker,))


@dataclass(slots=True)
class _Sight:
    session: Session
    steps: Plan
    seen: set[str] = field(default_factory=set)
    stale: dict[str, tuple[Branch, ...]] = field(default_factory=dict)

    def below(self, step: Step) -> Iterator[Branch]:
        """Why a step is stale, then its inputs."""
        self.seen.add(step.id)
        own = self._reasons(step)
        inner = [self._input(source) for source in step.inputs]
        if not own and not any(self._is_stale(source) for source in step.inputs):
            yield Branch(kind="why-current")
        yield from own
        yield from inner

    def _input(self, source: str) -> Branch:
        maker = self.steps.maker_of(source)
        text = f"{source}  ({maker.id})" if maker else source
        children: tuple[Branch, ...] = ()
        if maker and self._is_stale(source):
            children = self._shown_once(maker)
        return Branch(kind="why-place", text=text, span=Span(path=source), children=children)

    def _shown_once(self, maker: Step) -> tuple[Branch, ...]:
        """What of a step is stale; of one that was told already its reasons alone."""
        if maker.id in self.seen:
            return self._reasons(maker)
        self.seen.add(maker.id)
        stale = [source for source in maker.inputs if self._is_stale(source)]
        return (*self._reasons(maker), *map(self._input, stale))

    def _is_stale(self, source: str) -> bool:
        maker = self.steps.maker_of(source)
        if maker is None:
            return False
        return bool(self._reasons(maker)) or any(map(self._is_stale, maker.inputs))

    def _reasons(self, step: Step) -> tuple[Branch, ...]:
        if step.id not in self.stale:
            self.stale[step.id] = staleness(self.session, step)
        return self.stale[step.id]
