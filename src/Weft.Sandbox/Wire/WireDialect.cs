using Microsoft.AspNetCore.Http;
using Weft.Sandbox.Faults;

namespace Weft.Sandbox.Wire;

/// <summary>What differs between the services beside their payloads: how they know a caller, and how they say that something failed.</summary>
internal abstract class WireDialect
{
    public abstract string Target { get; }

    /// <summary>The refusal of a caller whose key is missing or wrong; null for one that may pass.</summary>
    public abstract WireError? Refuse(HttpRequest request);

    public abstract WireResponse Error(WireError error);

    /// <summary>Headers that every answer of the service has.</summary>
    public virtual WireResponse Dress(WireResponse response, string requestId) => response;

    /// <summary>The answer that a fault puts in the place of the real one; null for kinds that let the real one through.</summary>
    public virtual WireResponse? Instead(FaultRule fault) => fault.Kind switch
    {
        FaultKind.RateLimit => Error(RateLimit(fault)),
        FaultKind.ServerError => Error(ServerError(fault)),
        FaultKind.Unauthorized => Error(Unauthorized(fault)),
        FaultKind.Quota => Error(Quota(fault)),
        FaultKind.HttpError => Error(new WireError(fault.Status ?? 400, fault.Message ?? "The request could not be processed.") { Code = fault.Code, RetryAfterSeconds = fault.RetryAfter }),
        FaultKind.HtmlError => HtmlPage(fault.Status ?? 502),
        _ => null,
    };

    protected static double? RetryAfter(FaultRule fault) => fault.RetryAfter switch { null => 1, < 0 => null, var seconds => seconds };

    protected abstract WireError RateLimit(FaultRule fault);

    protected abstract WireError ServerError(FaultRule fault);

    protected abstract WireError Unauthorized(FaultRule fault);

    protected abstract WireError Quota(FaultRule fault);

    private static WireResponse HtmlPage(int status) => new()
    {
        Status = status,
        ContentType = "text/html",
        Chunks = [$"<html>\r\n<head><title>{status} Bad Gateway</title></head>\r\n<body>\r\n<center><h1>{status} Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"],
    };
}
