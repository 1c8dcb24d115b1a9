using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Faults;

/// <summary>What is going to go wrong with one request.</summary>
internal sealed class FaultPlan
{
    public static FaultPlan None { get; } = new();

    public bool ResetBefore { get; set; }
    public TimeSpan LatencyBefore { get; set; }
    public TimeSpan LatencyAfter { get; set; }

    /// <summary>Answered instead of executing.</summary>
    public Reply? Refusal { get; set; }

    /// <summary>Answered although it was executed.</summary>
    public Reply? Mask { get; set; }
    public bool DropResponse { get; set; }

    /// <summary>The connection breaks in the middle of the answer's body.</summary>
    public bool CutResponse { get; set; }
    public TimeSpan HideFor { get; set; }
    public bool HideFromLists { get; set; }
    public TimeSpan? Ban { get; set; }

    public void Add(FaultRule rule)
    {
        switch (rule.Kind)
        {
            case "reset-connection": ResetBefore = true; break;
            case "latency" when rule.When is "after": LatencyAfter += TimeSpan.FromMilliseconds(rule.Ms); break;
            case "latency": LatencyBefore += TimeSpan.FromMilliseconds(rule.Ms); break;
            case "accept-then-drop-response":
                DropResponse = true;
                LatencyAfter += TimeSpan.FromMilliseconds(rule.Ms);
                break;
            case "accept-then-cut-response": CutResponse = true; break;
            case "accept-then-503A": Mask = Reply.Error(rule.Status ?? 503, -1000, "Unknown error, please check your request or try again later."); break;
            case "accept-then-5xx": Mask = Html(rule.Status ?? 502, "Bad Gateway"); break;
            case "-1007-after-execution":
                Mask = Reply.Error(rule.Status ?? 504, -1007,
                    "Timeout waiting for response from backend server. Send status unknown; execution status unknown.");
                break;
            case "-1006-after-execution":
                Mask = Reply.Error(rule.Status ?? 503, -1006, "An unexpected response was received from the message bus. Execution status unknown.");
                break;
            case "reject-503B": Refusal = Reply.Error(rule.Status ?? 503, -1001, "Service Unavailable."); break;
            case "reject-503C":
                Refusal = Reply.Error(rule.Status ?? 503, -1008,
                    "Request throttled by system-level protection. Reduce-only/close-position orders are exempt. Please try again.");
                break;
            case "403-html": Refusal = Html(403, "ERROR: The request could not be satisfied"); break;
            case "429": Refusal = Reply.Error(429, -1003, "Too many requests; current limit is 1 request per 1 SECOND.", Seconds(rule, 1)); break;
            case "418": Ban = TimeSpan.FromSeconds(Seconds(rule, 120)); break;
            case "hide-order":
                HideFor = TimeSpan.FromSeconds(rule.Seconds);
                HideFromLists |= rule.Lists;
                break;
        }
    }

    private static long Seconds(FaultRule rule, long standard) => rule.Seconds > 0 ? (long)Math.Ceiling(rule.Seconds) : standard;

    private static Reply Html(int status, string title)
    {
        var page = $"<html><head><title>{title}</title></head><body><h1>{status} {title}</h1></body></html>";
        return new Reply(status, System.Text.Encoding.UTF8.GetBytes(page), "text/html") { Code = -status };
    }
}
