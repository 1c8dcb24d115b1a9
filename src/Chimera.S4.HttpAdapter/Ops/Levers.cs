using System.Diagnostics.CodeAnalysis;
using Chimera.S4.HttpAdapter.Problems;

namespace Chimera.S4.HttpAdapter.Ops;

/// <summary>What every lever asks of an operator.</summary>
static class Levers
{
    /// <summary>Whoever reads the record later has nothing else to go by.</summary>
    public static bool IsExplained([NotNullWhen(true)] string? reason) => reason is { Length: > 0 and <= 200 };

    /// <param name="code">The lever's own.</param>
    public static IResult Unexplained(string code, string? reason) => Problem.Field(code, "reason", reason, "1–200 characters, for the record");

    public static IResult NotConfirmed(string why) => Problem.Of(422, "NOT_CONFIRMED", "Not confirmed", $"confirm is not true; allowed: true, since {why}.");
}
