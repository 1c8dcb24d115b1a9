using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Levers;

/// <summary>Where the requests are stored, for whichever replica goes on with them. Every change is a compare-and-set of the whole.</summary>
public sealed class CancelAllBook(INotes notes)
{
    const string Name = "cancel-all";

    public async Task<CancelAllWorks> Read(CancellationToken cancel) => (await Open(cancel)).Works;

    /// <param name="Text">As it is stored, to be replaced.</param>
    public async Task<(string? Text, CancelAllWorks Works)> Open(CancellationToken cancel)
    {
        var text = await notes.Read(Name, cancel);
        return (text, CancelAllWorks.Read(text));
    }

    /// <summary>What is stored then. <paramref name="change"/> is asked again where another replica came first.</summary>
    public async Task<CancelAllWorks> Change(Func<CancelAllWorks, CancelAllWorks> change, CancellationToken cancel)
    {
        while (true)
        {
            var (before, works) = await Open(cancel);
            var after = change(works);
            if (after == works || await TryReplace(before, after, cancel)) return after;
        }
    }

    /// <summary>Stores what was decided by <paramref name="before"/>. False: that does not stand any more.</summary>
    public Task<bool> TryReplace(string? before, CancelAllWorks after, CancellationToken cancel) => notes.TryReplace(Name, before, after.Write(), cancel);
}
