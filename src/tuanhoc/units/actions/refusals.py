"""What a change of units is refused for."""

from tuanhoc.lib.refusal import N_, Refusal


class NoSuchUnit(Refusal):
    message = N_("Không có đơn vị nào có mã “%(key)s”.")


class WaitsForNew(Refusal):
    """A step names a unit that another step was to found and could not."""

    message = N_(
        "Dòng này cần “%(name)s” (mã “%(key)s”), đơn vị mà dòng %(line)s chưa lập được. "
        "Sửa xong dòng %(line)s thì dòng này làm được."
    )


class KeyTaken(Refusal):
    message = N_("Mã “%(key)s” đã có đơn vị khác dùng.")


class NameMissing(Refusal):
    message = N_("Vui lòng ghi tên đơn vị, không quá 200 ký tự.")


class NothingChanges(Refusal):
    message = N_("“%(name)s” đã như vậy vào ngày này, không có gì thay đổi.")


class NotStanding(Refusal):
    message = N_("“%(name)s” không hoạt động vào ngày %(day)s.")


class StillStanding(Refusal):
    message = N_("“%(name)s” đang hoạt động, không cần mở lại.")


class SuccessorMissing(Refusal):
    message = N_("Vui lòng cho biết đơn vị nào kế thừa “%(name)s”.")


class OwnSuccessor(Refusal):
    message = N_("“%(name)s” không thể tự kế thừa chính mình.")


class ParentMissing(Refusal):
    message = N_("Vui lòng cho biết đơn vị cấp trên mới của “%(name)s”.")


class Circle(Refusal):
    message = N_("Từ ngày %(day)s các đơn vị này sẽ báo cáo vòng tròn: %(names)s.")


class InheritedLater(Refusal):
    message = N_("“%(name)s” kế thừa đơn vị khác từ ngày %(day)s nên phải còn hoạt động vào ngày đó.")


class OutOfReach(Refusal):
    message = N_("“%(name)s” ở ngoài phạm vi của bạn nên được giữ nguyên.")


class NothingToDo(Refusal):
    message = N_("Không có thay đổi nào để làm.")


class NotAllPossible(Refusal):
    message = N_("%(n)s dòng chưa làm được, nên chưa có gì được ghi. Dòng đầu tiên: %(first)s")


class UndoneAlready(Refusal):
    message = N_("Thay đổi này đã được hoàn tác trước đó.")
