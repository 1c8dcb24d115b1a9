namespace Chimera.S4.Router.Alerts;

/// <summary>What S4 alerts a person to. Each code has its page in <c>infra/runbooks</c>; a test compares.</summary>
public enum AlertCode { NeedsReview, ProtectionRefused, GuardBlind, TimerUnreadable, StartFailed, BreakerOpen, KillSwitch, FlattenGivenUp, OrphanOrder, PositionMismatch, DocumentUnreadable, SweepFailed, DeadManUnanswered }

static class AlertCodes
{
    /// <summary>The word on the wire.</summary>
    public static string Text(this AlertCode code) => Chimera.S4.Orders.Words.Of(code);

    public static string Level(this AlertCode code) => code is AlertCode.BreakerOpen or AlertCode.KillSwitch or AlertCode.OrphanOrder or AlertCode.PositionMismatch or AlertCode.SweepFailed or AlertCode.DeadManUnanswered ? "ERROR" : "FATAL";

    public static string Runbook(this AlertCode code) => $"infra/runbooks/{code.Text()}.md";
}
