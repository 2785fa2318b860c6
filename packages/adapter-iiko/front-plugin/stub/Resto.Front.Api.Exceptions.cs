// Clean-room stand-in for the vendor's contract assembly, so that FrontHost.cs can be compiled and run where that assembly cannot be had.
// Only what the plugin uses, written after the public code reference of Syrve POS Api V8, V9 and V10: names and signatures, no text of the vendor's.
// It is never shipped to a till. FRONT_V8, FRONT_V9 and FRONT_V10 choose what the versions differ in.
using System;

namespace Resto.Front.Api.Exceptions
{
    [Serializable]
    public abstract class FrontApiException : Exception
    {
        protected FrontApiException(string message)
            : base(message)
        {
        }
    }

    [Serializable]
    public class EntityUsingException : FrontApiException
    {
        public EntityUsingException(string message)
            : base(message)
        {
        }
    }

    [Serializable]
    public sealed class EntityAlreadyInUseException : FrontApiException
    {
        public EntityAlreadyInUseException(string message)
            : base(message)
        {
        }
    }

    [Serializable]
    public sealed class EntityModifiedException : EntityUsingException
    {
        public EntityModifiedException(string message)
            : base(message)
        {
        }
    }

    [Serializable]
    public sealed class EntityNotFoundException : EntityUsingException
    {
        public EntityNotFoundException(string message)
            : base(message)
        {
        }
    }

    [Serializable]
    public sealed class PermissionDeniedException : FrontApiException
    {
        public PermissionDeniedException(string message)
            : base(message)
        {
        }
    }

    [Serializable]
    public sealed class InsufficientLicenseException : FrontApiException
    {
        public InsufficientLicenseException(string message)
            : base(message)
        {
        }
    }

    [Serializable]
    public sealed class LicenseRestrictionException : FrontApiException
    {
        public LicenseRestrictionException(string message)
            : base(message)
        {
        }
    }

    [Serializable]
    public class ConstraintViolationException : FrontApiException
    {
        public ConstraintViolationException(string message)
            : base(message)
        {
        }
    }
}
