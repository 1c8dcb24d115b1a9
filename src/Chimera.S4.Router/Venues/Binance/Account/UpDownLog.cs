namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Says once when something went down and once when it is up again, however often it is tried in between.</summary>
sealed class UpDownLog(ILogger log, string what)
{
    bool? isUp;

    public void Up()
    {
        if (isUp is not true) log.LogInformation("{What} is up", what);
        isUp = true;
    }

    public void Down(string why)
    {
        if (isUp is not false) log.LogWarning("{What} is down, trying again: {Why}", what, why);
        isUp = false;
    }
}
