"""The other platform: the same people as Teams knows them."""

from bot.run import Run
from handlers.command import Command, Identity, Place, read_line
from handlers.members import House
from handlers.reply import Reply
from tests.world import World


def on_teams(world: World, user: str, line: str) -> Reply:
    """What the bot answers to a line that somebody types in Teams, in their own conversation with it."""
    verb, text = read_line(line)
    person = Identity("teams", f"aad-{user}", user.title())
    place = Place("teams", f"direct-{user}", "Lobby", "direct")
    id = f"teams-{next(world.numbers)}"
    return Run(world.database, House())(Command(id, verb, text, person, place, world.now))
