"""What a platform did not take, in one word for all platforms: whoever sends decides from it what to do next."""


class NotSent(Exception):
    """A platform did not take it. `why` is the platform's own word.

    permanent  trying again will not help
    perhaps    the answer was lost, and what was sent may well stand there: it is not sent another way
    after      seconds that the platform asks to wait; None when it does not say
    """

    def __init__(self, why: str, permanent: bool = False, perhaps: bool = False, after: float | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.permanent = permanent
        self.perhaps = perhaps
        self.after = after

    @property
    def again(self) -> bool:
        """Whether it may be tried again: it is not there, and it can still get there."""
        return not (self.permanent or self.perhaps)
