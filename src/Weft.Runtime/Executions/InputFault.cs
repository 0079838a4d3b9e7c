namespace Weft.Runtime.Executions;

/// <summary>One thing that is wrong with what somebody sent.</summary>
/// <param name="Path">Where, as a JSON path: <c>$.customer.email</c>.</param>
/// <param name="Message">What is wrong there.</param>
public sealed record InputFault(string Path, string Message);
