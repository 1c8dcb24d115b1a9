using Xunit;

namespace Chimera.S4.Orders.Tests;

/// <summary>
/// A model of one exchange, the network before it and the clocks beside it. A request may be lost, delayed, held by the engine for up to 10 s, and executed without an answer; an order
/// is seen by looks only after a lag; looks go unanswered, the stream breaks. The protocol drives; whatever it does, one order at most may come of it.
/// </summary>
public class A_placement_on_a_faulty_exchange
{
    // An executed order is visible in the looks within this; design §3.5 knows of 22–62 s, of which the fence's 11 s are part.
    const double LongestLag = 48;

    [Fact]
    public void Never_takes_effect_twice_and_is_never_sent_while_an_earlier_one_could()
    {
        var (advanced, found) = (0, 0);
        Seeds.Each(20_000, random =>
        {
            var run = new Run(random);
            run.ToTheEnd();
            advanced += run.Entry!.Epoch - 1;
            found += run.IsFound ? 1 : 0;
        });
        // The model has to tempt: many epochs must have been given up, and many orders found late.
        Assert.True(advanced > 2_000, $"only {advanced} epochs were given up");
        Assert.True(found > 5_000, $"only {found} placements were found");
    }

    /// <summary>Without the wait for visibility the same model does produce doubles: it can tell a good protocol from a bad one.</summary>
    [Fact]
    public void Would_take_effect_twice_without_the_wait_to_settle()
    {
        var doubles = 0;
        for (var seed = 0; seed < 3_000; seed++)
        {
            var run = new Run(new Random(seed)) { Settle = TimeSpan.Zero, Tolerant = true };
            run.ToTheEnd();
            doubles += run.Executed.Count > 1 ? 1 : 0;
        }
        Assert.True(doubles > 10, $"only {doubles} doubles");
    }

    sealed class Run(Random random)
    {
        // Clocks: router = true time; the exchange runs ahead or behind by up to 0.4 s, and the router's idea of it is off by up to 0.2 s.
        readonly double venueAhead = random.NextDouble() * 0.8 - 0.4, venueGuess = random.NextDouble() * 0.4 - 0.2;
        readonly double lossy = random.NextDouble(), deaf = random.NextDouble() * 0.5;
        double now, streamUpSince = -100, nextOutage = random.NextDouble() * 60;
        double latestEffect = double.MinValue;

        public PlacementEntry? Entry { get; private set; }
        public bool IsFound { get; private set; }
        public bool Tolerant { get; init; }
        public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(60);

        /// <summary>When each executed request took effect, true time.</summary>
        public List<(double At, double Visible)> Executed { get; } = [];

        public void ToTheEnd()
        {
            while (!IsFound && now < 1200)
            {
                switch (PlacementProtocol.StepFor(Entry, View()))
                {
                    case PlacementStep.Begin or PlacementStep.Advance: Send(); break;
                    case PlacementStep.Look: Look(); break;
                    default: Assert.Fail("nothing was resolved"); break;
                }
                if (!Tolerant) Assert.True(Executed.Count <= 1, $"{Executed.Count} orders from one placement");
            }
        }

        void Send()
        {
            // Absence was concluded: no earlier epoch may have acted, nor may one act from here on.
            if (!Tolerant) Assert.True(Entry is null || Entry.NotExecuted || now > latestEffect && Executed.Count == 0, $"epoch {Entry?.Epoch} is given up at {now:0.##}, but can act until {latestEffect:0.##}");
            Entry = new PlacementEntry
            {
                ClientOrderId = "s4x", Epoch = (Entry?.Epoch ?? 0) + 1, Request = "signed", Timestamp = At(now + venueAhead + venueGuess), ReceiveWindow = TimeSpan.FromSeconds(1), SentAt = At(now),
            };
            if (random.Chance(0.05))
            {
                Entry = Entry with { NotExecuted = true };                                      // refused before a byte was written
                Pass(random.NextDouble());
                return;
            }
            var arrives = now + (random.Chance(0.3) ? random.NextDouble() * 20 : random.NextDouble() * 0.5);
            var inTime = arrives + venueAhead <= Entry.Timestamp.Subtract(Sample.Start).TotalSeconds + 1;
            latestEffect = Entry.Timestamp.Subtract(Sample.Start).TotalSeconds + 1 - venueAhead + 10;
            if (inTime && !random.Chance(lossy))
            {
                var acts = arrives + (random.Chance(0.2) ? random.NextDouble() * 10 : 0.01);
                Executed.Add((acts, acts + (random.Chance(0.5) ? random.NextDouble() * LongestLag : 0)));
            }
            // The answer is lost, or the process with it: all that is left is the journal.
            Pass(random.NextDouble() * 5);
        }

        void Look()
        {
            Pass(AbsenceProof.LookAgainIn(Entry!).TotalSeconds * (0.9 + random.NextDouble() * 0.3));
            if (Executed.Any(order => order.Visible <= now))
            {
                // Even what is there may not be told.
                if (!random.Chance(deaf)) IsFound = true;
                else Entry = AbsenceProof.Looked(Entry!, View());
                return;
            }
            Entry = random.Chance(deaf) ? AbsenceProof.Looked(Entry!, View()) : AbsenceProof.LookedEmpty(Entry!, View());
        }

        void Pass(double seconds)
        {
            now += seconds;
            if (now < nextOutage) return;
            streamUpSince = nextOutage + random.NextDouble() * 20;                                  // in the future while it is down
            nextOutage = Math.Max(now, streamUpSince) + random.NextDouble() * 200;
        }

        PlacementView View() => new(At(now), At(now + venueAhead + venueGuess), streamUpSince <= now ? At(streamUpSince) : null, Settle);

        static DateTimeOffset At(double seconds) => Sample.Start.AddSeconds(seconds);
    }
}
