"""What tokens cost, in US dollars."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from importlib.metadata import version

from annotate.errors import UsageError
from annotate.llm.cache.prepared import Kind, Prepared
from annotate.llm.usage import Usage
from annotate.project.settings import Settings

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars a million tokens.

    Attributes:
        prompt, completion: of the prompt and of the answer.
        cached: of what the endpoint had of the prompt in its own cache; None where no other price
            than that of the prompt is known for it.
    """

    prompt: float
    completion: float
    cached: float | None = None

    def of(self, usage: Usage) -> float:
        """Return what `usage` costs."""
        cached = usage.cached_tokens if self.cached is not None else 0
        return (
            (usage.prompt_tokens - cached) * self.prompt
            + cached * (self.cached or 0.0)
            + usage.completion_tokens * self.completion
        ) / _MILLION

    def times(self, rate: float) -> Price:
        """Return the price at a rate, as that of a batch is a share of it."""
        cached = None if self.cached is None else self.cached * rate
        return Price(self.prompt * rate, self.completion * rate, cached)

    def most(self, usage: Usage) -> float:
        """Return the most that so many tokens cost, whatever is cached of them."""
        dearest = max(self.prompt, self.cached or 0.0)
        return Price(dearest, self.completion).of(usage)


def price(
    model: str, given: tuple[float, float] | None, cached: float | None = None
) -> Price | None:
    """Return the price of a model: as given, else from the published table, else None.

    The table ships with genai-prices and is read offline. It knows what cached prompts cost, and
    nothing of batches. `cached` is as given for what the endpoint has in its cache.

    Raises:
        UsageError: where the given price is none.
    """
    if given is not None:
        if not all(math.isfinite(each) and each >= 0 for each in given):
            raise UsageError("--price IN,OUT needs two numbers from 0")
        return Price(*given, cached)
    if not model:
        return None
    import genai_prices

    # A million of each, so that the price of a request is the price of a million tokens.
    new = genai_prices.Usage(input_tokens=_MILLION, output_tokens=_MILLION)
    known = genai_prices.Usage(input_tokens=_MILLION, cache_read_tokens=_MILLION)
    try:
        found = genai_prices.calc_price(new, model_ref=model)
        again = genai_prices.calc_price(known, model_ref=model)
    except LookupError:
        return None
    prompt, completion = float(found.input_price), float(found.output_price)
    return Price(prompt, completion, float(again.input_price) if cached is None else cached)


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
        return price(model, settings.price, settings.cached_price)
    name = f"{version('genai-prices')}:cached:{model}"  # a later table may say something else
    kept = prepared.get(Kind.PRICE, name)
    if kept is None:
        found = price(model, None)
        # An empty list says that the table knows no price; None would be looked up each time.
        kept = [found.prompt, found.completion, found.cached] if found else []
        prepared.put(Kind.PRICE, name, kept)
    if not kept and settings.max_cost is not None:
        return price_or_stop(model, None)
    if not kept:
        return None
    known = Price(*kept)
    return known if settings.cached_price is None else replace(known, cached=settings.cached_price)
