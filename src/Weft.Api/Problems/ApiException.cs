using Weft.Language;
using Weft.Language.Diagnostics;
using Weft.Runtime.Executions;

namespace Weft.Api.Problems;

/// <summary>A request that is answered with a problem. The message is the detail, and may be shown.</summary>
internal sealed class ApiException(string code, Fault fault, string message) : WeftException(code, fault, message)
{
    /// <summary>Gets every fault and its place.</summary>
    public IReadOnlyList<InputFault> Faults { get; init; } = [];

    /// <summary>Gets a definition's findings.</summary>
    public IReadOnlyList<Diagnostic>? Diagnostics { get; init; }

    public static ApiException BadParameter(string name, string message) =>
        new("invalid_parameter", Fault.Malformed, $"The parameter '{name}' {message}") { Faults = [new InputFault(name, message)] };

    public static ApiException NotFound(string code, string message) => new(code, Fault.NotFound, message);

    /// <summary>A definition that can't be registered, with all its findings.</summary>
    public static ApiException InvalidDefinition(IReadOnlyList<Diagnostic> diagnostics)
    {
        var errors = diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        var count = $"{errors.Count} {(errors.Count == 1 ? "error" : "errors")}";
        return new ApiException("invalid_definition", Fault.Invalid, $"The definition has {count}; the first: {errors[0]}")
        {
            Diagnostics = diagnostics,
            Faults = [.. errors.Select(e => new InputFault($"{e.Line}:{e.Column}", $"{e.Code} {e.Message}"))],
        };
    }
}
