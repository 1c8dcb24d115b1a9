namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>Virtual time in seconds, and what is to happen in it: one event after the other, ties in the order of their planning.</summary>
sealed class Agenda
{
    readonly PriorityQueue<Action, (double, long)> events = new();
    long planned;

    public double Now { get; private set; }

    public void In(double seconds, Action happens) => events.Enqueue(happens, (Now + Math.Max(0, seconds), planned++));

    /// <summary>False: nothing is left to happen.</summary>
    public bool Step()
    {
        if (!events.TryDequeue(out var happens, out var at)) return false;
        Now = at.Item1;
        happens();
        return true;
    }
}
