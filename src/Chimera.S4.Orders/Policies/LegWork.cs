namespace Chimera.S4.Orders;

/// <summary>Brings one leg as far as what has been seen allows.</summary>
static class LegWork
{
    public static void Step(Draft draft, Leg leg, MarketView view)
    {
        if (leg.Patience is { } patience) MakerThenTaker.Step(draft, leg, patience, view);
        else if (StandAloneExit.Follows(draft.Order)) StandAloneExit.Step(draft, leg, view);
        else Direct.Step(draft, leg, view);
    }
}
