using Weft.Language;

namespace Weft.Runtime.Executions;

/// <summary>What somebody sent does not fit; every fault is listed.</summary>
public sealed class InvalidInputException(string code, Fault fault, string message, IReadOnlyList<InputFault> faults)
    : WeftException(code, fault, message)
{
    /// <summary>Gets the faults, in the order in which they stand.</summary>
    public IReadOnlyList<InputFault> Faults { get; } = faults;
}
