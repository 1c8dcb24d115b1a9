using Chimera.S4.Contracts;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Intake;

/// <summary>The figures of an execution policy as types. Whether they make sense is for the rules to say.</summary>
static class PolicyReader
{
    public static MakerTerms Maker(MakerThenTaker asked) => new(Ms(asked.WaitMs), asked.MinFillRatio);

    public static TwapTerms Twap(Twap asked)
    {
        var weights = SliceWeights.Equal;
        if (asked.Weights is not null) Words.TryRead(asked.Weights, out weights);
        return new TwapTerms(asked.Slices, asked.SliceQty is { } slice ? new Quantity(slice) : null, Ms(asked.GapMs), Ms(asked.JitterMs) ?? TimeSpan.Zero, weights);
    }

    static TimeSpan? Ms(int? value) => value is { } ms ? TimeSpan.FromMilliseconds(ms) : null;
}
