namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>What kind of thing went wrong between us and Composio.</summary>
internal enum ComposioErrorKind
{
    /// <summary>No key, or a base address that is none: nothing was sent.</summary>
    NotConfigured,

    /// <summary>401: the key is missing, wrong, or lacks a scope.</summary>
    Unauthorized,

    /// <summary>403: refused, often by an address allow-list.</summary>
    Forbidden,

    /// <summary>400, or another 4xx without a kind of its own.</summary>
    BadRequest,

    /// <summary>There is no usable connected account: code 1803, 422.</summary>
    NotConnected,

    /// <summary>404: the slug or id is unknown.</summary>
    NotFound,

    /// <summary>410: the version or path is gone.</summary>
    Gone,

    /// <summary>409.</summary>
    Conflict,

    /// <summary>429: Composio's limit. Nothing was done.</summary>
    RateLimited,

    /// <summary>501: the toolkit cannot do it.</summary>
    NotImplemented,

    /// <summary>Another 5xx, or a gateway's page.</summary>
    Server,

    /// <summary>No connection, or one that broke.</summary>
    Network,

    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>An answer that cannot be read.</summary>
    BadReply,
}
