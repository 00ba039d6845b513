from arae_finetune.batch_plan import BatchPlan


def test_a_smaller_batch_makes_steps_of_as_many_rows():
    assert BatchPlan(2, 8).smaller() == BatchPlan(1, 16)
    assert BatchPlan(6, 1).smaller() == BatchPlan(3, 2)
    assert BatchPlan(3, 4).smaller() == BatchPlan(1, 12)
    assert BatchPlan(1, 16).smaller() is None


def test_steps():
    assert BatchPlan(2, 8).steps(1800, 3) == 339
    assert BatchPlan(2, 2).steps(64, 3) == 48
    assert BatchPlan(2, 8).steps(5, 3) == 3
