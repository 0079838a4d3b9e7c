namespace Weft.Sandbox.Faults;

/// <summary>What can go wrong between a client and a service. In JSON the names are snake_case.</summary>
public enum FaultKind
{
    /// <summary>The answer is right, but late.</summary>
    Latency,
    /// <summary>429 with <c>Retry-After</c>, in the service's own shape.</summary>
    RateLimit,
    /// <summary>500, or the status asked for: 502, 503, 504, 529.</summary>
    ServerError,
    /// <summary>No answer until the client gives up.</summary>
    Hang,
    /// <summary>A stream that is reset after half its events; a plain body is cut the same way.</summary>
    CutStream,
    /// <summary>A stream that ends politely after half its events, without the events that close it; a plain body is cut by a
    /// reset.</summary>
    EndStream,
    /// <summary>A connection reset in the middle of the body.</summary>
    CutBody,
    /// <summary>Model: JSON in the text or in a tool's arguments that does not parse. Composio: such a body.</summary>
    MalformedJson,
    /// <summary>An HTTP body that is not JSON, with the right status and content type.</summary>
    MalformedBody,
    /// <summary>Valid JSON that breaks the schema asked for.</summary>
    SchemaViolation,
    /// <summary>A call of a tool that was not offered.</summary>
    WrongToolName,
    /// <summary>Model: no text and no call. Composio: an empty body.</summary>
    Empty,
    /// <summary>401.</summary>
    Unauthorized,
    /// <summary>OpenAI: 429 <c>insufficient_quota</c>; Anthropic: 400 usage limits; Composio: 200 with the provider's quota
    /// error.</summary>
    Quota,
    /// <summary>An HTML page from a gateway.</summary>
    HtmlError,
    /// <summary>The right answer, a few bytes at a time.</summary>
    SlowDrip,
    /// <summary>Any status with a code and a message of the rule's.</summary>
    HttpError,
    /// <summary>Composio: 200 with <c>successful: false</c>.</summary>
    ProviderError,
    /// <summary>Model: a refusal instead of an answer.</summary>
    Refusal,
    /// <summary>Model: the answer stops half-way for want of output tokens.</summary>
    Truncated,
    /// <summary>Model: an error event inside a stream that began well; a plain request gets a 500.</summary>
    StreamError,
}
