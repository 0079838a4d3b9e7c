using Weft.Language;
using Weft.Language.Diagnostics;
using Weft.Runtime.Executions;

namespace Weft.Api.Problems;

/// <summary>A request that is answered with a problem. The message is the detail, and may be shown.</summary>
internal sealed class ApiException(int status, string code, string message) : WeftException(code, message)
{
    public int Status { get; } = status;

    /// <summary>Gets every fault and its place.</summary>
    public IReadOnlyList<InputFault> Faults { get; init; } = [];

    /// <summary>Gets a definition's findings.</summary>
    public IReadOnlyList<Diagnostic>? Diagnostics { get; init; }

    /// <summary>Gets the seconds after which another try may do.</summary>
    public int? RetryAfterSeconds { get; init; }

    public static ApiException BadParameter(string name, string message) =>
        new(400, "invalid_parameter", $"The parameter '{name}' {message}") { Faults = [new InputFault(name, message)] };

    public static ApiException NotFound(string code, string message) => new(404, code, message);

    /// <summary>A definition that can't be registered, with all its findings.</summary>
    public static ApiException InvalidDefinition(IReadOnlyList<Diagnostic> diagnostics)
    {
        var errors = diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        var count = $"{errors.Count} {(errors.Count == 1 ? "error" : "errors")}";
        return new ApiException(422, "invalid_definition", $"The definition has {count}; the first: {errors[0]}")
        {
            Diagnostics = diagnostics,
            Faults = [.. errors.Select(e => new InputFault($"{e.Line}:{e.Column}", $"{e.Code} {e.Message}"))],
        };
    }
}
