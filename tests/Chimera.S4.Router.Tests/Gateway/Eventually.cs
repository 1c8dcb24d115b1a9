using Xunit;

namespace Chimera.S4.Router.Tests.Gateway;

/// <summary>Waits for a condition, at most 10 s.</summary>
static class Eventually
{
    public static Task True(Func<bool> holds) => True(() => Task.FromResult(holds()));

    public static async Task True(Func<Task<bool>> holds)
    {
        for (var started = TimeProvider.System.GetTimestamp(); !await holds(); await Task.Delay(5))
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(10), "not so after 10 s");
    }
}
