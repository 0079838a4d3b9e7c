using Microsoft.AspNetCore.Http;
using Weft.Language;

namespace Weft.Api.Problems;

/// <summary>The status of HTTP that each category of fault has.</summary>
public static class FaultStatus
{
    /// <summary>The status that answers a fault.</summary>
    public static int Of(FaultCategory category) => category switch
    {
        FaultCategory.Malformed => StatusCodes.Status400BadRequest,
        FaultCategory.Unauthenticated => StatusCodes.Status401Unauthorized,
        FaultCategory.Forbidden => StatusCodes.Status403Forbidden,
        FaultCategory.NotFound => StatusCodes.Status404NotFound,
        FaultCategory.Conflict => StatusCodes.Status409Conflict,
        FaultCategory.TooLarge => StatusCodes.Status413PayloadTooLarge,
        FaultCategory.UnsupportedMedia => StatusCodes.Status415UnsupportedMediaType,
        FaultCategory.Invalid => StatusCodes.Status422UnprocessableEntity,
        FaultCategory.RateLimited => StatusCodes.Status429TooManyRequests,
        FaultCategory.Internal => StatusCodes.Status500InternalServerError,
        FaultCategory.NotImplemented => StatusCodes.Status501NotImplemented,
        FaultCategory.Upstream => StatusCodes.Status502BadGateway,
        FaultCategory.Unavailable => StatusCodes.Status503ServiceUnavailable,
        FaultCategory.UpstreamTimeout => StatusCodes.Status504GatewayTimeout,
        _ => throw new ArgumentOutOfRangeException(nameof(category), category, "The category has no status."),
    };

    /// <summary>The fault that a server told of by a status; one that no fault has is told as the server's own.</summary>
    public static Fault Read(int status) =>
        new(Enum.GetValues<FaultCategory>().Where(c => Of(c) == status).DefaultIfEmpty(FaultCategory.Internal).First());
}
