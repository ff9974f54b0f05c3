"""English words that reword a sentence without naming anything: the grammar, and the verbs that resumes begin with."""

PLAIN_ENGLISH = frozenset(
    """
    a an and also as at both by each for from how in including into it its more of on or our over so than that the
    their them these this those through throughout to toward towards under up using via was were when where which
    while who with within without across after against all along among between during per other accelerated achieved
    adapted addressed adopted analyzed analysed applied assisted automated boosted built carried collaborated
    completed conducted configured contributed coordinated created cut defined delivered deployed designed developed
    drove enabled engineered enhanced ensured established evaluated executed expanded explored extended facilitated
    fixed gathered generated helped identified implemented improved increased integrated introduced investigated
    launched lowered maintained measured migrated monitored optimized optimised organized organised owned performed
    planned prepared presented produced provided raised reached reduced refactored refined resolved responsible
    reviewed rewrote set shipped simplified solved streamlined strengthened supported tested trained tuned updated
    upgraded used validated wrote work worked served acted dealt kept went came put involving covering ensuring
    enabling about approximately around handled ran made took gave met spoke aged every weekly daily monthly i my me
    be been being has had have handle handling upon only due based such same then before since until further regular
    regularly well one effective effectively efficient efficiently efficiency quality reliability reliable performance
    process processes closely clear clearly end consistent consistently new
    """.split()
)

#: One line holds words of which any may take the place of any other.
_SAME = """
kids children pupils students
maths math mathematics
whole entire
big large
small little
fix repair repaired fixing
buy purchase purchased bought procured
sell sold sales
teach taught teaching tutored
did made handled prepared carried
boss manager
company firm employer
helped assisted supported aided
people persons staff employees
employees staff workers
customers clients
clients customers
get got obtained received
won received
show showed presented demonstrated
talk talked spoke communicated liaised
worked collaborated
looked examined inspected checked
checked verified inspected reviewed
website site
app application
apps applications
bugs defects issues
bug defect issue
docs documentation documents
phone telephone
calls phone
emails email mail
money funds
started began launched
fast quickly rapid
quick quickly fast
many numerous
lots many
test tests testing
ads advertisements advertising
pics photos pictures images
shop store
shops stores
hire hired recruited
hiring recruitment recruiting
switched switching changed changing replaced replacing moved
change switch replace
cut reduced lowered
cutting reducing lowering
replied answered responded reply answer respond
photographed photos photo photography
managed ran run oversaw
clean cleanliness cleaning cleaned
led headed
wrote drafted authored
read studied
joined entered
ordered purchased bought
watched monitored observed
grew expanded increased
earned received gained got won
cooked prepared
fed nourished
drew sketched illustrated
counted tallied
sorted organised organized arranged
organised organized arranged held
arranged scheduled planned organised organized
packed packaged
loaded unloaded
shipped sent delivered
welcomed greeted
greeted welcomed received
tidy clean neat
safe safely safety
month monthly
week weekly
day daily
year yearly annual annually
quarter quarterly
improve enhance refine upgrade
improved enhanced refined upgraded
improving enhancing refining upgrading
find identify locate discover determine source
found identified located discovered determined sourced
need needs requirements require
people participants attendees guests persons individuals
entered recorded logged registered inputted keyed
looked searched sourced sought
shop retail store outlet
store retail shop outlet
compiled assembled gathered put collected
put compiled assembled compile
cut mowed trimmed
grass lawn
looked maintained tended cared
fixed repaired resolved corrected
answered responded replied handled fielded
asked enquired inquired surveyed interviewed
explained clarified demonstrated described
trained coached instructed taught mentored
taught instructed delivered trained
tried attempted tested
used applied employed
use apply employ
using applying employing
made created produced prepared designed developed built
wrote composed produced prepared penned
told informed notified briefed
tell inform notify brief
watch monitor observe
kept maintained retained
keep maintain retain
stock inventory
parcels packages
phone telephone telephonic
complaints grievances concerns
problems issues
problem issue
meeting meetings
staff personnel team
workers employees staff personnel
car vehicle
cars vehicles
truck lorry vehicle
trucks lorries vehicles
food meals
meals food dishes
old elderly older
elderly older seniors
kids youngsters
pay salary wages payroll
salaries payroll wages
bills invoices
rooms guestrooms
visitors guests
guests visitors
wards ward
doctors physicians
doctor physician
nurses nursing
lessons classes
classes lessons
homework assignments
papers documents paperwork
paperwork documents documentation
ideas concepts suggestions
talks presentations
talk presentation
gave delivered presented
speech speeches
photos images photographs
videos video footage
posts content
flyers leaflets
leaflets flyers
moved transferred relocated migrated
changed modified altered adjusted updated
removed deleted eliminated
added included incorporated
joined participated
planned scheduled coordinated
booked reserved arranged
packed wrapped
wiped cleaned
washed cleaned
swept cleaned
painted coated
weeded cleared
grown cultivated
grew cultivated
raised reared
"""

SAME_ENGLISH: dict[str, frozenset[str]] = {}
for _line in _SAME.strip().splitlines():
    for _word in _line.split():
        SAME_ENGLISH[_word] = SAME_ENGLISH.get(_word, frozenset()) | frozenset(_line.split())

#: Past forms that no ending makes → the word they belong to.
BASE_FORMS = {
    form: base
    for base, forms in (line.split(": ") for line in (
        "deal: dealt", "write: wrote written", "make: made", "teach: taught", "build: built", "sell: sold", "buy: bought",
        "run: ran running", "lead: led", "speak: spoke spoken", "give: gave given", "take: took taken", "keep: kept",
        "hold: held", "grow: grew grown", "draw: drew drawn", "drive: drove driven", "find: found", "meet: met", "set: setting",
        "send: sent", "spend: spent", "choose: chose chosen", "begin: began begun", "bring: brought", "cut: cutting",
        "plan: planned planning", "ship: shipped shipping", "swim: swam", "sing: sang", "win: won winning", "do: did done",
        "is: was were am are been being", "have: had has having", "handle: handling", "study: studied studies",
        "carry: carried", "apply: applied", "supply: supplied", "copy: copied", "translate: translating",
    ))
    for form in forms.split()
}  # fmt: skip
