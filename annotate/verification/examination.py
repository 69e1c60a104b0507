"""What is asked and answered about a batch of annotations, from first answer to last repair.

An answer has one entry for each number. One that it leaves out, says twice, or does not say in the
form asked for is asked again; the others are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from annotate.annotation import Verification
from annotate.grounding.ground import Rejected
from annotate.llm.account import ChunkAccount
from annotate.llm.exchange import Exchange
from annotate.llm.prompts.prompt import Message
from annotate.llm.repair import Correction, correction
from annotate.verification.answer import FORM, Answered, AnswerForm, read_entry
from annotate.verification.batches import Batch
from annotate.verification.prompt import VerificationPrompt

# The words of repair requests are part of their keys: other words ask every cached repair anew.
_UNUSABLE = "These entries cannot be used:"
_AGAIN = "Answer in the same form with these numbers alone: {}. All other entries are kept."
_MISSING = "number: it has no entry, add one"
_TWICE = "number: it has several entries, give one"


class Examination(Exchange):
    """What was asked and answered about a batch, and what came of it so far.

    Attributes:
        verdicts: where what was answered goes, by the place of the annotation in its document;
            the halves of a batch share it.
    """

    def __init__(
        self, batch: Batch, prompt: VerificationPrompt, verdicts: dict[int, Verification]
    ) -> None:
        super().__init__()
        self.verdicts = verdicts
        self._batch = batch
        self._prompt = prompt
        self._asked = dict(enumerate(batch.annotations, start=1))
        self._open = dict(enumerate(batch.places, start=1))

    @property
    def form(self) -> AnswerForm:
        """The form of a verification."""
        return FORM

    @cached_property
    def messages(self) -> list[Message]:
        """The request for the batch."""
        return self._prompt.messages(self._batch)

    @property
    def text(self) -> str:
        """The passage that the annotations stand in."""
        return self._batch.passage.text

    @property
    def fruitful(self) -> bool:
        """Whether an annotation got its verdict."""
        return len(self._open) < len(self._asked)

    def read(self, items: Sequence[Any]) -> list[Rejected]:
        """Take the verdicts of an answer, and return what it got wrong."""
        entries = [(item, read_entry(item, self._asked)) for item in items]
        times = Counter(each.number for _, each in entries)
        wrong = []
        for item, each in entries:
            if each.number is not None and each.number in self._asked.keys() - self._open.keys():
                continue  # a model that repeats all of its answer in a repair says nothing by that
            if each.number is not None and times[each.number] > 1:
                each = Answered(each.number, None, (*each.problems, _TWICE))
            if each.verification is None:
                wrong.append(self._rejected(item, each.problems))
            elif each.number is not None:
                self.verdicts[self._open.pop(each.number)] = each.verification
        silent = [number for number in self._open if number not in times]
        wrong += [self._rejected({"number": number}, (_MISSING,)) for number in silent]
        # An entry for a number that nobody asked about keeps nothing open.
        self.rejected = wrong if self._open else []
        return wrong

    def correction(self) -> Correction:
        """Return the messages that ask for the numbers without a verdict."""
        answer = self.readable or self.last
        again = _AGAIN.format(", ".join(map(str, self._open)))
        asked = correction(
            self.messages,
            answer,
            self.rejected,
            self.last.problem,
            unusable=_UNUSABLE,
            wanted=again,
        )
        return Correction(asked.messages)  # nothing older ever asked this

    def hand_over(self, account: ChunkAccount) -> None:
        """Put how it ended into the account."""
        account.end(*self.ending())

    def halves(self) -> list[Examination]:
        """Return two examinations of fewer annotations, or of one with less around it."""
        return [Examination(each, self._prompt, self.verdicts) for each in self._batch.halves()]

    def left_open(self) -> str:
        """Say how many annotations are without a verdict."""
        return f"{len(self._open)} annotations got no verdict that can be used"

    def refusal(self, rejected: Rejected) -> str:
        """Say what an entry got wrong, without a word of it."""
        place = rejected.problems[0].partition(":")[0].partition(".")[0]
        return f"an entry of the answer is wrong in its {place if place.isidentifier() else 'form'}"

    def _rejected(self, item: Any, problems: Sequence[str]) -> Rejected:
        return Rejected("invalid", item, tuple(problems), self._batch.passage.index)
