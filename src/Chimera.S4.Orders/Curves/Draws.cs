namespace Chimera.S4.Orders;

/// <summary>A sequence that its seed determines: SplitMix64 (Steele, Lea, Flood 2014). For resampling only; it is as pure as its argument.</summary>
struct Draws(ulong seed)
{
    // P(k ≤ i) of a Poisson variable of mean 1, scaled to 32 bits.
    static readonly uint[] Poisson = Cumulative();

    public ulong Next()
    {
        var z = seed += 0x9E3779B97F4A7C15;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }

    /// <summary>How often a resample of as many holds one given observation: Poisson with mean 1 (the limit of Efron's multinomial).</summary>
    public int Multiplicity()
    {
        var (draw, k) = ((uint)(Next() >> 32), 0);
        while (k < Poisson.Length && draw > Poisson[k]) k++;
        return k;
    }

    static uint[] Cumulative()
    {
        var (table, term, sum) = (new uint[10], Math.Exp(-1), 0.0);
        for (var k = 0; k < table.Length; k++)
        {
            sum += term;
            table[k] = (uint)(sum * uint.MaxValue);
            term /= k + 1;
        }
        return table;
    }
}
