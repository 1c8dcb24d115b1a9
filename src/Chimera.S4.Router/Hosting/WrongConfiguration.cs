using Microsoft.Extensions.Options;

namespace Chimera.S4.Router.Hosting;

/// <summary>What stops a start because of a setting: one sentence for each, whichever feature refused it.</summary>
static class WrongConfiguration
{
    /// <summary>Empty where the failure is about something else.</summary>
    public static string[] Sentences(Exception failure) => failure switch
    {
        OptionsValidationException wrong => [.. wrong.Failures],
        AggregateException several when several.InnerExceptions.All(one => one is OptionsValidationException) => [.. several.InnerExceptions.SelectMany(Sentences)],
        _ => [],
    };
}
