namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>How bad this story is. Every seed draws its own mix: a fault that is always there hides what happens without it.</summary>
sealed class Faults
{
    /// <param name="isCell">Nothing goes wrong but the one thing that the cell is about, and processes.</param>
    public Faults(Random random, bool isCell)
    {
        Until = 20 + random.NextDouble() * 40;
        IsCalm = !isCell && random.Chance(0.1);
        if (IsCalm) return;
        if (isCell)
        {
            (Crash, Pause) = (Some(random, 0.01), Some(random, 0.02));
            return;
        }
        Outages = new Outages(random);
        Until = Math.Max(Until, Outages.End + 5);
        Crash = Some(random, 0.01);
        Pause = Some(random, 0.03);
        StoreAway = Some(random, 0.02);
        Unconfirmed = Some(random, 0.3);
        Duplicate = Some(random, 0.2);
        Lag = Some(random, 0.8);
        ReplyLost = Some(random, 0.6);
        RequestLost = Some(random, 0.3);
        SlowNetwork = Some(random, 0.2);
        SlowEngine = Some(random, 0.3);
        Refusal = Some(random, 0.1);
        NotExecuted = Some(random, 0.5);
        FailedVerify = Some(random, 0.2);
        StreamDrop = Some(random, 0.1);
        ReadUnanswered = Some(random, 0.3);
        ClockJump = random.Chance(0.2) ? 0.03 : 0;
        NoQuote = Some(random, 0.2);
    }

    /// <summary>Nothing goes wrong but the market: what is to be done at once can be held against the clock.</summary>
    public bool IsCalm { get; }

    public Outages? Outages { get; }

    /// <summary>When all faults end, so that what is left to be done can be done.</summary>
    public double Until { get; }

    /// <summary>Chances: of a replica at each step between two pieces of I/O; of a store call at each; of a message, which may or may not have arrived when no confirm comes; of a request.</summary>
    public double Crash { get; }
    public double Pause { get; }
    public double StoreAway { get; }
    public double Unconfirmed { get; }
    public double Duplicate { get; }
    public double Lag { get; }
    public double ReplyLost { get; }
    public double RequestLost { get; }
    public double SlowNetwork { get; }
    public double SlowEngine { get; }
    public double Refusal { get; }
    public double NotExecuted { get; }
    public double FailedVerify { get; }
    public double StreamDrop { get; }
    public double ReadUnanswered { get; }
    public double ClockJump { get; }
    public double NoQuote { get; }

    static double Some(Random random, double most) => random.Chance(0.4) ? 0 : random.NextDouble() * most;
}
