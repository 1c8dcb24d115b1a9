using System.Globalization;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;

namespace Chimera.S4.HttpAdapter.Telemetry;

/// <summary>Where metrics and traces go besides <c>/metrics</c>. Environment: <c>S4_OTLP_ENDPOINT</c>, <c>S4_OTLP_PROTOCOL</c>, <c>S4_TRACE_RATIO</c>.</summary>
public sealed record TelemetryOptions
{
    public const string EndpointVariable = "S4_OTLP_ENDPOINT";
    public const string ProtocolVariable = "S4_OTLP_PROTOCOL";
    public const string RatioVariable = "S4_TRACE_RATIO";

    /// <summary>Base address of an OpenTelemetry collector, http:// or https://. Null (the default): nothing is sent, and no trace is made.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary><c>grpc</c> (default, usual port 4317) or <c>http</c>: protobuf over HTTP (usual port 4318), at /v1/traces and /v1/metrics below the address.</summary>
    public OtlpExportProtocol Protocol { get; init; } = OtlpExportProtocol.Grpc;

    /// <summary>Share of the intents that are traced, where their publisher has not decided it. Default 1; 0–1 inclusive.</summary>
    public double TraceRatio { get; init; } = 1;

    /// <exception cref="OptionsValidationException">A value is wrong; the message names the variable, the value and what is allowed.</exception>
    public static TelemetryOptions Read(IConfiguration configuration) => new()
    {
        Endpoint = EndpointOf(configuration[EndpointVariable]),
        Protocol = configuration[ProtocolVariable] switch
        {
            null or "" or "grpc" => OtlpExportProtocol.Grpc,
            "http" => OtlpExportProtocol.HttpProtobuf,
            var other => throw RestAdapterOptions.Wrong(ProtocolVariable, other, "grpc or http"),
        },
        TraceRatio = RatioOf(configuration[RatioVariable]),
    };

    /// <summary>Where one kind of signal goes: gRPC knows it by its service, HTTP by the path.</summary>
    internal Uri For(string signal) => Protocol is OtlpExportProtocol.Grpc ? Endpoint! : new Uri(Endpoint!.AbsoluteUri.TrimEnd('/') + "/v1/" + signal);

    static Uri? EndpointOf(string? text) => string.IsNullOrWhiteSpace(text) ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 ? uri
        : throw RestAdapterOptions.Wrong(EndpointVariable, text.Contains('@') ? "(hidden)" : text, "an address http://host:port or https://host:port without a name and password");

    static double RatioOf(string? text) => string.IsNullOrWhiteSpace(text) ? 1
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var ratio) && ratio is >= 0 and <= 1 ? ratio
        : throw RestAdapterOptions.Wrong(RatioVariable, text, "a number from 0 to 1 inclusive");
}
