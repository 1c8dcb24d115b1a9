using System.Text.Json;

namespace Chimera.S4.HttpAdapter.Live;

/// <summary>What watchers are shown: rows and panels, each with the number of the change that brought it. Nothing waits in it for anybody: who was away, or reads slowly, is told how things are now.</summary>
/// <param name="epoch">Tells this process's positions from another's.</param>
sealed class LiveBoard(string epoch)
{
    /// <summary>How many rows that left are remembered for those who still show them; who is further behind is shown everything anew.</summary>
    public const int GoneKept = 1000;

    readonly Lock gate = new();
    readonly Dictionary<string, (IntentSummary Row, long Change)> rows = [];
    readonly Dictionary<string, (string Json, long Change)> panels = [];
    readonly Queue<(string Id, long Change)> gone = new();
    TaskCompletionSource moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    long change = 1, told = 1;      // no position before `told` can be answered with what has changed since

    /// <summary>Ends with the next change. Take it before <see cref="Since"/>, so that none is missed between the two.</summary>
    public Task Moved
    {
        get { lock (gate) return moved.Task; }
    }

    public IntentSummary[] Rows
    {
        get { lock (gate) return [.. rows.Values.Select(held => held.Row)]; }
    }

    /// <summary>These and no others are shown from now on.</summary>
    public void Show(IReadOnlyCollection<IntentSummary> all)
    {
        lock (gate)
        {
            var next = change + 1;
            var ids = all.Select(row => row.IntentId).ToHashSet();
            var isNews = false;
            foreach (var row in all.Where(row => !rows.TryGetValue(row.IntentId, out var held) || held.Row != row)) (rows[row.IntentId], isNews) = ((row, next), true);
            foreach (var id in rows.Keys.Where(id => !ids.Contains(id)).ToArray())
            {
                isNews = true;
                rows.Remove(id);
                gone.Enqueue((id, next));
                if (gone.Count > GoneKept) told = gone.Dequeue().Change;
            }
            if (isNews) Move(next);
        }
    }

    /// <summary>One thing beside the rows, such as <c>gates</c>.</summary>
    public void Show<T>(string panel, T value)
    {
        var json = JsonSerializer.Serialize(value);
        lock (gate)
        {
            if (panels.TryGetValue(panel, out var held) && held.Json == json) return;
            panels[panel] = (json, change + 1);
            Move(change + 1);
        }
    }

    /// <summary>What has changed since a position that this board gave out; everything, where there is none or it is not one of ours; null: nothing has.</summary>
    public LiveNews? Since(string? position)
    {
        lock (gate)
        {
            var (isKnown, since) = position?.Split('-') is [var theirs, var at] && theirs == epoch && long.TryParse(at, out var number) && number >= told && number <= change ? (true, number) : (false, 0);
            if (isKnown && since == change) return null;
            return new LiveNews
            {
                Position = $"{epoch}-{change}",
                IsAll = !isKnown,
                Rows = [.. rows.Values.Where(held => held.Change > since).OrderByDescending(held => held.Row.CreatedAt).Select(held => held.Row)],
                Gone = isKnown ? [.. gone.Where(left => left.Change > since && !rows.ContainsKey(left.Id)).Select(left => left.Id).Distinct()] : [],
                Panels = [.. panels.Where(panel => panel.Value.Change > since).Select(panel => (panel.Key, panel.Value.Json))],
            };
        }
    }

    void Move(long next)
    {
        change = next;
        moved.SetResult();
        moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>What one watcher is told at once.</summary>
sealed record LiveNews
{
    /// <summary>Where the watcher is then.</summary>
    public required string Position { get; init; }

    /// <summary>True: forget what was shown before.</summary>
    public required bool IsAll { get; init; }
    public required IntentSummary[] Rows { get; init; }
    public required string[] Gone { get; init; }
    public required (string Name, string Json)[] Panels { get; init; }
}
