using Chimera.S4.Contracts;

namespace Chimera.S4.Router.Journal;

/// <summary>Rows of several decisions as one message, and apart again.</summary>
static class JournalRows
{
    /// <param name="some">At least one.</param>
    public static JournalBatch Together(IReadOnlyList<JournalBatch> some) => some is [var only] ? only : new()
    {
        IntentId = some[0].IntentId,
        Orders = [.. some.SelectMany(one => one.Orders)],
        Fills = [.. some.SelectMany(one => one.Fills)],
        Events = [.. some.SelectMany(one => one.Events)],
        Markouts = [.. some.SelectMany(one => one.Markouts)],
    };

    /// <summary>All at once, or one intent after the other: what the database refuses of one must not keep the others out.</summary>
    /// <exception cref="JournalRefusedException">Some was refused; the others are written.</exception>
    public static async Task Write(IReadOnlyList<JournalBatch> some, Func<IReadOnlyList<JournalBatch>, Task> write)
    {
        try
        {
            await write(some);
        }
        catch (JournalRefusedException) when (Apart(some) is { Count: > 1 } apart)
        {
            await OneByOne(apart, write);
        }
    }

    static async Task OneByOne(IReadOnlyList<JournalBatch> apart, Func<IReadOnlyList<JournalBatch>, Task> write)
    {
        JournalRefusedException? refused = null;
        foreach (var one in apart)
        {
            try { await write([one]); }
            catch (JournalRefusedException failure) { refused = failure; }
        }
        if (refused is not null) throw new JournalRefusedException(refused.Message);
    }

    /// <summary>One batch for each intent.</summary>
    static IReadOnlyList<JournalBatch> Apart(IEnumerable<JournalBatch> some)
    {
        var all = Together([.. some]);
        var intents = all.Orders.Select(row => row.IntentId).Concat(all.Fills.Select(row => row.IntentId)).Concat(all.Events.Select(row => row.IntentId)).Concat(all.Markouts.Select(row => row.IntentId)).Distinct();
        return
        [
            .. intents.Select(intent => new JournalBatch
            {
                IntentId = intent,
                Orders = [.. all.Orders.Where(row => row.IntentId == intent)],
                Fills = [.. all.Fills.Where(row => row.IntentId == intent)],
                Events = [.. all.Events.Where(row => row.IntentId == intent)],
                Markouts = [.. all.Markouts.Where(row => row.IntentId == intent)],
            }),
        ];
    }
}
