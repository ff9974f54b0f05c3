"""English words that reword a sentence without naming anything: the grammar, and the verbs that resumes begin with."""

PLAIN_ENGLISH = frozenset(
    """
    a an and also as at both by each for from how in including into it its more of on or our over so than that the their them
    these this those through throughout to toward towards under up using via was were when where which while who with within
    without across after against all along among between during per other
    accelerated achieved adapted addressed adopted analyzed analysed applied assisted automated boosted built carried
    collaborated completed conducted configured contributed coordinated created cut defined delivered deployed designed
    developed drove enabled engineered enhanced ensured established evaluated executed expanded explored extended facilitated
    fixed gathered generated helped identified implemented improved increased integrated introduced investigated launched
    lowered maintained measured migrated monitored optimized optimised organized organised owned performed planned prepared
    presented produced provided raised reached reduced refactored refined resolved responsible reviewed rewrote set shipped
    simplified solved streamlined strengthened supported tested trained tuned updated upgraded used validated wrote work worked
    effective effectively efficient efficiently efficiency quality reliability reliable performance process processes
    successfully successful closely clear clearly end consistent consistently new
    """.split()
)
