using Weft.Language;

namespace Weft.Agents.Tools.Providers.Http;

/// <summary>The settings and arguments of an HTTP tool make no request; the message says why, without the values.</summary>
internal sealed class InvalidHttpCallException(string what) : WeftException("invalid_http_call", Fault.Invalid, what);
