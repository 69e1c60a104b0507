"""What tokens cost, in US dollars."""

from __future__ import annotations

import math
from dataclasses import dataclass
from importlib.metadata import version

from annotate.errors import UsageError
from annotate.llm.cache.prepared import Kind, Prepared
from annotate.llm.usage import Usage
from annotate.project.settings import Settings


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars a million tokens, of the prompt and of the answer."""

    prompt: float
    completion: float

    def of(self, usage: Usage) -> float:
        """Return what `usage` costs."""
        million = 1_000_000
        return (
            usage.prompt_tokens * self.prompt + usage.completion_tokens * self.completion
        ) / million


def price(model: str, given: tuple[float, float] | None) -> Price | None:
    """Return the price of a model: as given, else from the published table, else None.

    The table ships with genai-prices and is read offline. Reductions (cached prompts, batches) are
    left out, so that a figure made with it errs upwards.

    Raises:
        UsageError: where the given price is none.
    """
    if given is not None:
        if not all(math.isfinite(each) and each >= 0 for each in given):
            raise UsageError("--price IN,OUT needs two numbers from 0")
        return Price(*given)
    if not model:
        return None
    import genai_prices

    # A million of each, so that the price of a request is the price of a million tokens.
    million = 1_000_000
    try:
        found = genai_prices.calc_price(
            genai_prices.Usage(input_tokens=million, output_tokens=million), model_ref=model
        )
    except LookupError:
        return None
    return Price(float(found.input_price), float(found.output_price))


def price_or_stop(model: str, given: tuple[float, float] | None) -> Price:
    """Return the price of a model.

    Raises:
        UsageError: where none is known, naming the setting that gives one.
    """
    found = price(model, given)
    if found is None:
        raise UsageError(
            f"no price is known for model {model!r}; set --price IN,OUT (US dollars a million "
            "tokens) or price = [IN, OUT] in annotate.toml; 0,0 for a model of your own"
        )
    return found


def resolve_price(settings: Settings, prepared: Prepared) -> Price | None:
    """Return the price of the model that is set; None where none is known and there is no cap.

    What the table says is kept, so that a run from the cache does not import it.

    Raises:
        UsageError: where there is a cap and no price is known.
    """
    model = settings.model or ""
    if settings.price is not None:
        return price(model, settings.price)
    name = f"{version('genai-prices')}:{model}"  # a later table may say something else
    kept = prepared.get(Kind.PRICE, name)
    if kept is None:
        found = price(model, None)
        # An empty list says that the table knows no price; None would be looked up each time.
        kept = [found.prompt, found.completion] if found else []
        prepared.put(Kind.PRICE, name, kept)
    if not kept and settings.max_cost is not None:
        return price_or_stop(model, None)
    return Price(*kept) if kept else None
