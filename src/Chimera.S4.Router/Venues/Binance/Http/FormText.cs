using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>
/// A form body that knows whether it was ever asked for its bytes. All that makes a placement executable (parameters and signature) is in here, so while
/// <see cref="Started"/> is false the venue cannot have executed it, whatever the reason of the failure.
/// </summary>
/// <remarks>A body also keeps the handler from repeating the POST by itself: on a pooled connection that closes unanswered it repeats requests whose body has not begun, and one without a body never begins.</remarks>
sealed class FormText : HttpContent
{
    readonly byte[] bytes;

    public FormText(string text)
    {
        bytes = Encoding.ASCII.GetBytes(text);
        Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
    }

    public bool Started { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, default);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Started = true;
        return stream.WriteAsync(bytes, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }
}
